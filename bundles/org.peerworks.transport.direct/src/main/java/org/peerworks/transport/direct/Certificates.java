package org.peerworks.transport.direct;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * Makes the certificates that TLS wants keys to be in. They say nothing but the key: no name, no
 * end, no authority. Written by hand, as the JDK has no way to make one.
 */
final class Certificates {

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;

  /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256 (RFC 5758). */
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  /** 2.5.4.3, common name. */
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

  private Certificates() {}

  /**
   * A certificate (X.509 version 3, RFC 5280) for an elliptic-curve key, signed with that key. It
   * is valid from 1970 and has no end: clocks may be wrong, and it is trusted by its fingerprint
   * only.
   */
  static X509Certificate of(KeyPair keys) throws GeneralSecurityException {
    byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
    byte[] name =
        der(
            SEQUENCE,
            der(
                SET,
                der(
                    SEQUENCE,
                    COMMON_NAME,
                    der(UTF8_STRING, "peerworks".getBytes(StandardCharsets.UTF_8)))));
    byte[] validity =
        der(
            SEQUENCE,
            der(UTC_TIME, ascii("700101000000Z")),
            der(GENERALIZED_TIME, ascii("99991231235959Z")));
    byte[] signed =
        der(
            SEQUENCE,
            der(VERSION, der(INTEGER, new byte[] {2})),
            der(INTEGER, new BigInteger(120, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
            algorithm,
            name,
            validity,
            name,
            keys.getPublic().getEncoded());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed);
    byte[] certificate =
        der(SEQUENCE, signed, algorithm, der(BIT_STRING, new byte[1], signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Tag, length and content (X.690, DER). */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int size = content.size();
    if (size > 0xff) {
      out.write(0x82);
      out.write(size >> 8);
    } else if (size > 0x7f) {
      out.write(0x81);
    }
    out.write(size);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
