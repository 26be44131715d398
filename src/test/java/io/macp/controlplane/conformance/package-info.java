/**
 * Runs the public conformance vectors against a MACP runtime through real gRPC, as tests of the
 * build and as {@code ./dev conformance}. Knows the wire and the form of the vectors; looks inside
 * the runtime only where it is our own. Start reading at {@code Conformance}.
 */
@NullMarked
package io.macp.controlplane.conformance;

import org.jspecify.annotations.NullMarked;
