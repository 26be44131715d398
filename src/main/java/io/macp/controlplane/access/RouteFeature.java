// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.scope.Requires;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.List;

/**
 * Gives every resource method its own {@link RouteFilter}, when the application starts, and stops
 * the start when a method does not say who may call it.
 */
@Provider
@Dependent
class RouteFeature implements DynamicFeature {
  private final Throttle throttle;

  /** The container wants to see a constructor like this one, and then uses the other. */
  public RouteFeature() {
    this(new Throttle(1, Duration.ZERO, () -> 0));
  }

  @Inject
  RouteFeature(Throttle throttle) {
    this.throttle = throttle;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (isOfServer(resource.getResourceClass())) {
      return;
    }
    String template = RouteTemplate.of(resource.getResourceClass(), resource.getResourceMethod());
    Requires required = resource.getResourceMethod().getAnnotation(Requires.class);
    if (required == null) {
      throw new IllegalStateException(
          resource.getResourceMethod() + " must say with @Requires what a caller needs");
    }
    context.register(new RouteFilter(template, List.of(required.value()), throttle));
  }

  /** Some servers answer OPTIONS by methods of their own; the filters before us answer it first. */
  private static boolean isOfServer(Class<?> resource) {
    return !resource.getName().startsWith("io.macp.");
  }
}
