package org.peerworks.deploy.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificates of those whose bundles are trusted: files in a directory (PEM or DER, {@code
 * .pem}, {@code .crt}, {@code .cer}; or PKCS #12 without a password, {@code .p12}), read anew for
 * each jar.
 */
public final class TrustedKeys {

  private final Path directory;

  public TrustedKeys(Path directory) {
    this.directory = directory;
  }

  String advice() {
    return "Put the signer's certificate into '" + directory + "' if you trust it.";
  }

  /** Finds whether somebody trusted signed every entry. */
  Signature judge(WholeJar jar) throws IOException {
    if (jar.signers().isEmpty()) {
      return new Signature(
          "",
          jar.unsigned().isEmpty()
              ? "is not signed"
              : "is not signed as a whole: nobody signed its entry '" + jar.unsigned() + "'");
    }
    Set<X509Certificate> trusted = certificates();
    String why = "";
    for (CodeSigner signer : jar.signers()) {
      why = problem(signer.getSignerCertPath(), trusted);
      if (why.isEmpty()) {
        return new Signature(name(signer), "");
      }
    }
    String names =
        jar.signers().stream().map(TrustedKeys::name).sorted().collect(Collectors.joining("', '"));
    return new Signature(names, "is signed by '" + names + "', " + why);
  }

  private static String problem(CertPath path, Set<X509Certificate> trusted) {
    if (trusted.isEmpty()) {
      return "and no key is trusted";
    }
    X509Certificate signer = (X509Certificate) path.getCertificates().get(0);
    try {
      if (trusted.contains(signer)) {
        signer.checkValidity();
        return "";
      }
      PKIXParameters parameters =
          new PKIXParameters(
              trusted.stream()
                  .map(certificate -> new TrustAnchor(certificate, null))
                  .collect(Collectors.toSet()));
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return "";
    } catch (GeneralSecurityException e) {
      return trusted.contains(signer)
          ? "whose certificate is not valid now: " + e.getMessage()
          : "who is not trusted";
    }
  }

  private static String name(CodeSigner signer) {
    X509Certificate certificate =
        (X509Certificate) signer.getSignerCertPath().getCertificates().get(0);
    return certificate.getSubjectX500Principal().getName();
  }

  private Set<X509Certificate> certificates() throws IOException {
    Set<X509Certificate> trusted = new HashSet<>();
    if (!Files.isDirectory(directory)) {
      return trusted;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, "*.{pem,crt,cer,p12,pfx}")) {
      for (Path file : files) {
        read(file, trusted);
      }
    }
    return trusted;
  }

  private static void read(Path file, Set<X509Certificate> trusted) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (file.toString().endsWith(".p12") || file.toString().endsWith(".pfx")) {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(in, null);
        for (String alias : Collections.list(store.aliases())) {
          add(store.getCertificate(alias), trusted);
        }
      } else {
        for (Certificate certificate :
            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          add(certificate, trusted);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "Cannot read the trusted certificate '" + file + "': " + e.getMessage(), e);
    }
  }

  private static void add(Certificate certificate, Set<X509Certificate> trusted) {
    if (certificate instanceof X509Certificate known) {
      trusted.add(known);
    }
  }
}
