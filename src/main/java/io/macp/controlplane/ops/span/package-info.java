// SPDX-License-Identifier: Apache-2.0
/**
 * What traces say of a run as a whole: its span, which is a fold of its log like everything else
 * that is seen of it, and the calls of language models that its agents told of. It hears of commits
 * and changes nothing. Start at {@code RunSpans}; {@code GenAi} holds the names.
 */
@NullMarked
package io.macp.controlplane.ops.span;

import org.jspecify.annotations.NullMarked;
