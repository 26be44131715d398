// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries: in the contract's way, hex over the body, and in the way of Standard Webhooks,
 * base64 over id, time and body with every secret that counts.
 */
final class Signatures {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private Signatures() {}

  /** Lower-case hex HMAC-SHA256 of the body under the whole text of the secret. */
  static String contract(String secret, byte[] body) {
    return HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), body));
  }

  /** The value of {@code webhook-signature}, one {@code v1} signature per secret. */
  static String standard(List<String> secrets, String id, long timestamp, byte[] body) {
    byte[] begin = (id + "." + timestamp + ".").getBytes(UTF_8);
    byte[] signed = Arrays.copyOf(begin, begin.length + body.length);
    System.arraycopy(body, 0, signed, begin.length, body.length);
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(key(secret), signed)))
        .collect(Collectors.joining(" "));
  }

  /** A secret of the standard's form names its key in base64; any other is its own key. */
  private static byte[] key(String secret) {
    if (secret.startsWith(PREFIX)) {
      try {
        byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        return key.length == 0 ? secret.getBytes(UTF_8) : key;
      } catch (IllegalArgumentException e) {
        return secret.getBytes(UTF_8);
      }
    }
    return secret.getBytes(UTF_8);
  }

  /** A new secret of the standard's form. */
  static String newSecret(byte[] random) {
    return PREFIX + Base64.getEncoder().encodeToString(random);
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
