// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.http.BodyFields;
import jakarta.inject.Inject;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resources without a server, a database or a runtime behind them. They read what they are asked,
 * and then either refuse it or fail at what is not there; both end the asking.
 */
final class Bare {
  private static final String ID = "123e4567-e89b-42d3-a456-426614174000";
  private static final int DEPTH = 4;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

  private Bare() {}

  /** What the resource says against a query or a body. */
  static List<String> refusals(
      Route route, MultivaluedMap<String, String> query, Map<String, ?> body) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Parameter parameter : route.method().getParameters()) {
      arguments.add(argument(parameter, query, body));
    }
    try {
      Object resource = make(route.method().getDeclaringClass(), DEPTH);
      route.method().invoke(resource, arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Problem.ProblemException refused) {
        List<String> errors = refused.problem().fieldErrors();
        return errors.isEmpty() ? List.of(refused.problem().detail()) : errors;
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return List.of();
  }

  private static @Nullable Object argument(
      Parameter parameter, MultivaluedMap<String, String> query, Map<String, ?> body) {
    Class<?> type = parameter.getType();
    if (type == UriInfo.class) {
      return Proxy.newProxyInstance(
          UriInfo.class.getClassLoader(),
          new Class<?>[] {UriInfo.class},
          (proxy, method, arguments) -> query);
    }
    if (type == BodyFields.class) {
      return BodyFields.of(body);
    }
    return parameter.isAnnotationPresent(PathParam.class) ? ID : null;
  }

  /** As much of an object as can be made of nothing. */
  private static @Nullable Object make(Class<?> type, int depth) {
    if (type == Clock.class) {
      return CLOCK;
    }
    if (type == Ids.class) {
      return Ids.random();
    }
    if (type == Settings.class) {
      return new Settings(name -> Optional.empty());
    }
    boolean ours = type.getName().startsWith("io.macp.controlplane.");
    Optional<Constructor<?>> found =
        Stream.of(type.getDeclaredConstructors())
            .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
            .findFirst();
    if (!ours || depth == 0 || found.isEmpty()) {
      return null;
    }
    Constructor<?> constructor = found.get();
    List<@Nullable Object> parts = new ArrayList<>();
    for (Class<?> part : constructor.getParameterTypes()) {
      parts.add(part.isPrimitive() ? 0 : make(part, depth - 1));
    }
    try {
      constructor.setAccessible(true);
      return constructor.newInstance(parts.toArray());
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
