// SPDX-License-Identifier: Apache-2.0
/**
 * What packaging/ holds, read as those will read it who run it: Helm itself renders the chart, YAML
 * is parsed, and every setting that is named must be one of the product. Nothing here needs a
 * container engine or a cluster. Start reading at {@code ChartTest}.
 */
@NullMarked
package io.macp.controlplane.packaging;

import org.jspecify.annotations.NullMarked;
