// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts every resource of the product at the root of the host, as existing clients expect. */
@ApplicationPath("/")
public class RestApplication extends Application {}
