// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The template of a route, in the form that metrics and logs use: {@code /runs/:id/events}. */
final class RouteTemplate {
  private RouteTemplate() {}

  static String of(Class<?> resource, Method method) {
    String path = segment(pathOf(resource)) + segment(method.getAnnotation(Path.class));
    String named = path.replaceAll("\\{\\s*([A-Za-z0-9_.-]+)[^/]*?}(?=/|$)", ":$1");
    return named.isEmpty() ? "/" : named;
  }

  /** The container may hand out a generated subclass, which does not inherit the annotation. */
  private static @Nullable Path pathOf(Class<?> resource) {
    @Nullable Class<?> type = resource;
    while (type != null && !type.isAnnotationPresent(Path.class)) {
      type = type.getSuperclass();
    }
    return type == null ? null : type.getAnnotation(Path.class);
  }

  private static String segment(@Nullable Path path) {
    String bare = path == null ? "" : path.value().replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : "/" + bare;
  }
}
