// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.ledger.Spine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the constructor of a test class the one spine of all its tests, and a watchtower on it for
 * each of them. Both are closed when nobody needs them any more.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithWatchtower.Builder.class)
public @interface WithWatchtower {

  /** Builds what is asked for. */
  final class Builder implements ParameterResolver {
    private static final Namespace HERE = Namespace.create(WithWatchtower.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
      return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      Class<?> type = parameter.getParameter().getType();
      return type == Spine.class || type == Watchtower.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      Spine spine = spine(test);
      return parameter.getParameter().getType() == Spine.class
          ? spine
          : test.getStore(HERE)
              .computeIfAbsent(Watchtower.class, type -> new Watchtower(spine), Watchtower.class);
    }

    /** Kept with the class, which outlives its tests. */
    private static Spine spine(ExtensionContext test) {
      ExtensionContext all = test;
      while (all.getTestMethod().isPresent()) {
        all = all.getParent().orElseThrow();
      }
      return all.getStore(HERE).computeIfAbsent(Spine.class, type -> Spine.start(), Spine.class);
    }
  }
}
