package org.peerworks.protocol.peerworks.internal.identity;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.peerworks.lib.files.AtomicFiles;

/** Keeps the identity in a file that only its owner may read; creates it once. */
public final class IdentityFile {

  private static final String FIRST_LINE = "peerworks identity 1";
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path file;

  /**
   * @param keys directory of secrets
   */
  public IdentityFile(Path keys) {
    this.file = keys.resolve("identity");
  }

  /** Reads the identity, or makes one. Two processes that start at once get the same. */
  public Identity open() throws IOException {
    SecretFiles.directory(file.getParent());
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      create();
    }
    return read();
  }

  private void create() throws IOException {
    Identity identity = Identity.create();
    Base64.Encoder base64 = Base64.getEncoder();
    String content =
        String.join(
            "\n",
            FIRST_LINE,
            base64.encodeToString(identity.pkcs8()),
            base64.encodeToString(identity.publicKey()),
            "");
    SecretFiles.locked(
        file.resolveSibling("identity.lock"),
        () -> {
          if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            AtomicFiles.writeSecret(file, content.getBytes(StandardCharsets.US_ASCII));
          }
        });
  }

  private Identity read() throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(
          "The identity '%s' is no regular file. Move it away; a new one is made.".formatted(file));
    }
    if (attributes.permissions().stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          "The identity '%s' must be readable by its owner only, but has the mode %s. If nobody has copied it, run: chmod 600 '%s'. Otherwise delete it; a new one is made."
              .formatted(file, PosixFilePermissions.toString(attributes.permissions()), file));
    }
    try {
      if (attributes.size() > 4096) {
        throw new IllegalArgumentException("It has " + attributes.size() + " bytes.");
      }
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      if (lines.size() < 3 || !lines.get(0).equals(FIRST_LINE)) {
        throw new IllegalArgumentException("It does not begin with '" + FIRST_LINE + "'.");
      }
      Base64.Decoder base64 = Base64.getDecoder();
      return Identity.of(base64.decode(lines.get(1)), base64.decode(lines.get(2)));
    } catch (GeneralSecurityException | IllegalArgumentException | CharacterCodingException e) {
      throw new IOException(
          "The identity '%s' is damaged. Restore it, or delete it; a new one is made, and others will ask whether they may trust it."
              .formatted(file),
          e);
    }
  }
}
