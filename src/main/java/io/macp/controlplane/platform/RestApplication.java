// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts every resource at the root, as existing clients expect. */
@ApplicationPath("/")
public class RestApplication extends Application {}
