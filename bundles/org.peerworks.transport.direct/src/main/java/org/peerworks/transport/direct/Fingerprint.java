package org.peerworks.transport.direct;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What tells one certificate from all others.
 *
 * @param text as in {@code a=fingerprint} (RFC 8122): {@code sha-256}, space, upper-case
 *     hexadecimal digits with colons
 */
record Fingerprint(String text) {

  private static final Pattern FORM = Pattern.compile("sha-256 [0-9A-F]{2}(:[0-9A-F]{2}){31}");
  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  /**
   * @throws IllegalArgumentException if it has another form
   */
  Fingerprint {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A fingerprint has the form 'sha-256 AB:CD:…' with 32 bytes.");
    }
  }

  static Fingerprint of(Certificate certificate) throws CertificateException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new Fingerprint("sha-256 " + HEX.formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("The certificate has no fingerprint", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
