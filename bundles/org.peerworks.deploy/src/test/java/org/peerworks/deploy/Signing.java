package org.peerworks.deploy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A key of a test, made by {@code keytool}, which signs jars. */
public final class Signing {

  private static final char[] PASSWORD = "for-a-test".toCharArray();

  private final KeyStore store;

  private Signing(KeyStore store) {
    this.store = store;
  }

  /** Makes a key; takes a second or two. */
  public static Signing key(Path directory, String name) throws Exception {
    Path file = directory.resolve(name + ".store");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keystore",
                    file.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-alias",
                    "key",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-validity",
                    "10"))
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool ended with " + keytool.exitValue());
    }
    return new Signing(KeyStore.getInstance(file.toFile(), PASSWORD));
  }

  /** Writes the certificate, as an administrator would put it among the trusted ones. */
  public void trust(Path directory) throws Exception {
    Files.createDirectories(directory);
    Files.write(directory.resolve("signer.cer"), store.getCertificate("key").getEncoded());
  }

  public Path sign(Path jar) throws Exception {
    KeyStore.PrivateKeyEntry entry =
        (KeyStore.PrivateKeyEntry) store.getEntry("key", new KeyStore.PasswordProtection(PASSWORD));
    Path signed = jar.resolveSibling("signed-" + jar.getFileName());
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(signed)) {
      new JarSigner.Builder(entry).build().sign(in, out);
    }
    return signed;
  }
}
