/**
 * Observer-only client of a MACP runtime: channels, credentials, deadlines, breaker and the mapping
 * of gRPC statuses. Knows the wire and no database; never calls Send and writes one frame per
 * session stream; shows no generated class. Start reading at {@code RuntimeClient}.
 */
@NullMarked
package io.macp.controlplane.runtime;

import org.jspecify.annotations.NullMarked;
