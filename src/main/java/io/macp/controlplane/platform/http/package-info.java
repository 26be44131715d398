// SPDX-License-Identifier: Apache-2.0
/**
 * The grammar of the HTTP edge, without a domain word: how request bodies and query parameters are
 * read and refused, how answers and problems are written, what is known about one exchange. It must
 * not know callers, routes or runs. Start at {@code BodyFields} for what comes in and at {@code
 * ProblemAnswer} for what goes out when something is wrong.
 */
@NullMarked
package io.macp.controlplane.platform.http;

import org.jspecify.annotations.NullMarked;
