package org.peerworks.lib.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What client and worker of a room both know, so that a worker takes no others (sleap-rtc wire
 * format, channel authentication by pre-shared key).
 */
public final class RoomSecret {

  /** The room of a worker that knows none. */
  public static final String DEFAULT_ROOM = "default";

  private static final int MOST_BYTES = 4096;
  private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final String text;
  private final String source;

  private RoomSecret(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /**
   * Looks for the secret of a room: the option, {@code SLEAP_ROOM_SECRET}, the file {@code <room>}
   * in {@code SLEAP_SECRET_PATH} or {@code ~/.sleap-rtc/room-secrets}, the credentials.
   *
   * @param option from the command line; empty if not given
   * @param room empty if it is not known
   * @throws BadFileException if the first one found is no secret, or a file is damaged
   */
  public static Optional<RoomSecret> find(
      Places places, Optional<String> option, Optional<String> room) throws IOException {
    if (option.isPresent()) {
      return Optional.of(of(option.get(), "--room-secret"));
    }
    Optional<String> variable = places.variable("SLEAP_ROOM_SECRET");
    if (variable.isPresent()) {
      return Optional.of(of(variable.get(), "SLEAP_ROOM_SECRET"));
    }
    String name = room.orElse(DEFAULT_ROOM);
    if (!ROOM.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = places.roomSecrets().resolve(name);
    if (Files.exists(file)) {
      return Optional.of(of(SmallFiles.read(file, MOST_BYTES), "'" + file + "'"));
    }
    String stored = Credentials.read(places.credentials()).roomSecrets().get(name);
    return stored == null
        ? Optional.empty()
        : Optional.of(of(stored, "'" + places.credentials() + "', 'room_secrets." + name + "'"));
  }

  private static RoomSecret of(String text, String source) throws BadFileException {
    RoomSecret secret = new RoomSecret(text.strip(), source);
    try {
      if (secret.key().length > 0) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      throw new BadFileException(refusal(source), e);
    }
    throw new BadFileException(refusal(source));
  }

  private static String refusal(String source) {
    return "The room's secret from "
        + source
        + " is none: it is not base64url. Make one with 'room create-secret'.";
  }

  /** As it is stored. */
  public String text() {
    return text;
  }

  /** The key of the HMAC. */
  public byte[] key() {
    return decode(text);
  }

  /** Where it was found, for people. */
  public String source() {
    return source;
  }

  /** Base64url with or without padding. */
  static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text.replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      // The cause would repeat a part of it.
      throw new IllegalArgumentException("This is not base64url.");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "RoomSecret[" + source + "]";
  }
}
