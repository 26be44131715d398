-- With each start; finds something to do only after a restore into another cluster.
select take_in_restored_log();
