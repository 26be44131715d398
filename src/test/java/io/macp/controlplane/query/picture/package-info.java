// SPDX-License-Identifier: Apache-2.0
/** Tests of the pictures of a run. */
@NullMarked
package io.macp.controlplane.query.picture;

import org.jspecify.annotations.NullMarked;
