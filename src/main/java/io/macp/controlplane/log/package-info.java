/**
 * The append-only log of every run in PostgreSQL, with the rows that are kept beside it: the
 * records that leave it and the reading half, over JPA entities that never do. The writing half is
 * {@code log.append}. It decides nothing. Start reading at {@code RunReadStore} and {@code
 * EventReadStore}.
 */
@NullMarked
package io.macp.controlplane.log;

import org.jspecify.annotations.NullMarked;
