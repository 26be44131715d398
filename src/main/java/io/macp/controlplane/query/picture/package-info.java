// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures of a run, laid out here so that the same run looks the same everywhere: who spoke to
 * whom, and what happened when. The layouts are pure; only the resource reads. Changes nothing.
 * Start at {@code PictureResource}.
 */
@NullMarked
package io.macp.controlplane.query.picture;

import org.jspecify.annotations.NullMarked;
