/**
 * How this product proves to a runtime who it is: a minted token, a static one, the development
 * header, or nothing, in that order. Never logs or prints a token. Start reading at {@code
 * Credentials}.
 */
@NullMarked
package io.macp.controlplane.runtime.credential;

import org.jspecify.annotations.NullMarked;
