package org.peerworks.shell.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.peerworks.shell.api.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose keys open the door: lines {@code ROLE NAME TYPE KEY COMMENT} of a file that is read again
 * when it has changed. Thread-safe.
 */
final class Users {

  private static final Logger LOG = LoggerFactory.getLogger(Users.class);
  private static final int LONGEST = 1 << 20;

  private final Path file;
  private final User local;
  private FileTime read = FileTime.fromMillis(-1);
  private List<User> users = List.of();

  /** Somebody who may come in. */
  record User(Role role, String name, PublicKey key) {}

  /**
   * @param local the user of this machine, who needs no line
   */
  Users(Path file, User local) {
    this.file = file;
    this.local = local;
  }

  /** Whom a key belongs to. */
  synchronized Optional<User> of(PublicKey key) {
    if (KeyUtils.compareKeys(local.key(), key)) {
      return Optional.of(local);
    }
    refresh();
    return users.stream().filter(user -> KeyUtils.compareKeys(user.key(), key)).findFirst();
  }

  private void refresh() {
    try {
      FileTime time = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
      if (time == null) {
        users = List.of();
        read = FileTime.fromMillis(-1);
      } else if (!time.equals(read)) {
        users = read();
        read = time;
      }
    } catch (IOException e) {
      LOG.error("Nobody of '{}' is let in until it can be read", file, e);
      users = List.of();
      read = FileTime.fromMillis(-1);
    }
  }

  private List<User> read() throws IOException {
    var others = List.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    if (Files.getPosixFilePermissions(file).stream().anyMatch(others::contains)) {
      throw new IOException(
          "Others may write into '" + file + "'. Take that right from them: chmod go-w.");
    }
    if (Files.size(file) > LONGEST) {
      throw new IOException("'" + file + "' is larger than " + LONGEST + " bytes.");
    }
    List<User> found = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        try {
          found.add(user(text));
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
          LOG.error("Line {} of '{}' lets nobody in: {}", number, file, e.getMessage());
        }
      }
    }
    return List.copyOf(found);
  }

  private static User user(String line) throws IOException, GeneralSecurityException {
    String[] words = line.split("\\s+", 4);
    if (words.length < 4 || !words[1].matches("[\\w.@-]{1,64}")) {
      throw new IllegalArgumentException(
          "'ROLE NAME KEY-TYPE KEY' was expected, such as 'viewer anna ssh-ed25519 AAAA…'.");
    }
    Role role = Role.of(words[0]);
    String key = words[2] + " " + words[3].split("\\s+", 2)[0];
    PublicKey read = PublicKeyEntry.parsePublicKeyEntry(key).resolvePublicKey(null, null, null);
    if (read == null) {
      throw new IllegalArgumentException("A key of type '" + words[2] + "' cannot be read.");
    }
    return new User(role, words[1], read);
  }
}
