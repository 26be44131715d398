// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import java.util.regex.Pattern;

/** Which session ids are taken (control-plane contract, section 1.6). */
final class SessionIds {
  private static final int LONGEST = 255;
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-7][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");
  private static final Pattern TOKEN_FORM = Pattern.compile("[A-Za-z0-9_-]{22,}");
  private static final Pattern ANY_UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private SessionIds() {}

  /** A UUID of version 1 to 7 with the RFC's variant, or at least 22 characters of base64url. */
  static boolean isValid(String id) {
    if (id.length() > LONGEST) {
      return false;
    }
    return ANY_UUID.matcher(id).matches()
        ? UUID_FORM.matcher(id).matches()
        : TOKEN_FORM.matcher(id).matches();
  }
}
