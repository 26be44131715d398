-- A sealed secret is longer than the secret.
alter table webhooks alter column secret type text;
alter table webhooks alter column previous_secret type text;
