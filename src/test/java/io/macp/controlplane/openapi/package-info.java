// SPDX-License-Identifier: Apache-2.0

/**
 * Makes the OpenAPI document, and from it the page and the collection, of the resource classes and
 * of what {@code src/main/openapi} says beyond them, and proves that it is true of the code. It
 * holds no description of its own. Start reading at {@code ApiDocument}, then {@code OpenApiTest}.
 */
@NullMarked
package io.macp.controlplane.openapi;

import org.jspecify.annotations.NullMarked;
