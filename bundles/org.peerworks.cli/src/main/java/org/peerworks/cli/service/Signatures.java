package org.peerworks.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.terminal.Console;

/**
 * The signature of a file, in a file of the same name and {@code .sig}: over its bytes, with
 * SHA-256, as {@code openssl dgst -sha256 -sign} makes it with an RSA or EC key. Trusted are the
 * certificates in {@code keys/trusted} of the data directory, and {@code signatures} in {@code
 * org.peerworks.deploy.cfg} says what is asked, both as for bundles.
 */
final class Signatures {

  private static final int MOST = 1 << 16;

  private final Path data;
  private final Console console;

  Signatures(Path data, Console console) {
    this.data = data;
    this.console = console;
  }

  /**
   * @throws CommandFailure if the signature is wrong, or is missing and required
   */
  void check(Path file) throws IOException {
    String policy = policy();
    if (policy.equals("off")) {
      return;
    }
    List<X509Certificate> trusted = trusted();
    Path signature = file.resolveSibling(file.getFileName() + ".sig");
    if (!Files.isRegularFile(signature)) {
      if (policy.equals("require")) {
        throw CommandFailure.usage(
            "'"
                + file
                + "' is not signed: there is no '"
                + signature
                + "', which is required here.");
      }
      if (!trusted.isEmpty()) {
        console.warn("'" + file + "' is not signed.");
      }
      return;
    }
    if (trusted.isEmpty() && policy.equals("require")) {
      throw CommandFailure.usage(
          "'"
              + file
              + "' is signed, but no key is trusted: put the signer's certificate into '"
              + keys()
              + "'.");
    }
    if (!trusted.isEmpty()) {
      byte[] content = small(file);
      byte[] signed = small(signature);
      if (trusted.stream().noneMatch(by -> fits(by, content, signed))) {
        throw CommandFailure.usage(
            "'"
                + signature
                + "' is no signature of '"
                + file
                + "' by anybody trusted. Get both again, or put the"
                + " signer's certificate into '"
                + keys()
                + "' if you trust it.");
      }
    }
  }

  private static byte[] small(Path file) throws IOException {
    if (Files.size(file) > MOST) {
      throw CommandFailure.usage("'" + file + "' has more than " + MOST + " bytes.");
    }
    return Files.readAllBytes(file);
  }

  private static boolean fits(X509Certificate by, byte[] content, byte[] signed) {
    try {
      by.checkValidity();
      PublicKey key = by.getPublicKey();
      Signature signature =
          Signature.getInstance(
              switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
              });
      signature.initVerify(key);
      signature.update(content);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Path keys() {
    return data.resolve("keys/trusted");
  }

  private String policy() throws IOException {
    Path file = data.resolve("config/org.peerworks.deploy.cfg");
    Properties settings = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        settings.load(in);
      }
    }
    return settings.getProperty("signatures", "warn").strip();
  }

  private List<X509Certificate> trusted() throws IOException {
    List<X509Certificate> all = new ArrayList<>();
    if (!Files.isDirectory(keys())) {
      return all;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(keys(), "*.{pem,crt,cer}")) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            all.add((X509Certificate) one);
          }
        } catch (GeneralSecurityException e) {
          throw CommandFailure.usage("Cannot read the trusted certificate '" + file + "'.", e);
        }
      }
    }
    return all;
  }
}
