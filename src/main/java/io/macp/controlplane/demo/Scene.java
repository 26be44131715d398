// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.platform.Ids;
import java.time.Clock;

/** What all agents of one performance share; never their connections. */
record Scene(Script script, String sessionId, DemoConfig config, Clock clock, Ids ids) {}
