package org.peerworks.shell.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.peerworks.lib.files.AtomicFiles;

/** A key pair in a file of its owner, as OpenSSH writes it, with the public key beside it. */
final class KeyFile {

  private KeyFile() {}

  /**
   * Reads a key pair, or makes one.
   *
   * @throws IOException if it cannot be read; names the file
   */
  static KeyPair of(Path file, String comment) throws IOException {
    try {
      if (Files.notExists(file)) {
        Files.createDirectories(file.getParent());
        write(file, KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256), comment);
      }
      return new FileKeyPairProvider(file).loadKeys(null).iterator().next();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(
          "Cannot read the key '" + file + "'. Bring it back, or delete it: a new one is made.", e);
    }
  }

  private static void write(Path file, KeyPair pair, String comment)
      throws IOException, GeneralSecurityException {
    OpenSSHKeyPairResourceWriter writer = OpenSSHKeyPairResourceWriter.INSTANCE;
    ByteArrayOutputStream secret = new ByteArrayOutputStream();
    ByteArrayOutputStream open = new ByteArrayOutputStream();
    writer.writePrivateKey(pair, comment, null, secret);
    writer.writePublicKey(pair.getPublic(), comment, open);
    AtomicFiles.write(file.resolveSibling(file.getFileName() + ".pub"), open.toByteArray());
    AtomicFiles.writeSecret(file, secret.toByteArray());
  }
}
