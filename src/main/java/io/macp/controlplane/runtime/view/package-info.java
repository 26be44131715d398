/**
 * What a MACP runtime answers, in JDK types, so that nothing outside the client sees a generated
 * class. Values only: no calls, no decisions. Start reading at {@code SessionView}.
 */
@NullMarked
package io.macp.controlplane.runtime.view;

import org.jspecify.annotations.NullMarked;
