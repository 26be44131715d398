// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One instance for the whole application, made by its constructor and used without a proxy. A
 * stereotype, because {@code Singleton} alone does not make a class a bean.
 */
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SharedInstance {}
