// SPDX-License-Identifier: Apache-2.0
/**
 * What all pages for people share: that their links lead somewhere. What a page says is tested by
 * the part that it tells of. Start reading at {@code LinksTest}.
 */
@NullMarked
package io.macp.controlplane.docs;

import org.jspecify.annotations.NullMarked;
