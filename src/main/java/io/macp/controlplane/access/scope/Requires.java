// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.scope;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a caller needs to be let into an endpoint: every resource method carries this mark, and the
 * application does not start when one has none. Without a scope, whoever is authenticated may come
 * in; whether a route needs no authentication at all is decided elsewhere, by its path.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
  /** The scopes, all of which are needed. */
  Scope[] value();
}
