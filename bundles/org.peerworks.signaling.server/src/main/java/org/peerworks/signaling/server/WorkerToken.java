package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * A token that lets one worker into one room (sleap-rtc wire format: {@code slp_} and 32
 * characters). Its first eight characters are the room's id: programs that put them into names give
 * no secret away.
 *
 * @param id its public part, {@code slp_}, the room and four letters; says which token, proves
 *     nothing
 * @param worker name of the worker that it is for
 * @param hash SHA-256 of the whole token
 * @param maker account that made it
 * @param expiresAt empty for never
 * @param revokedAt empty while it may be used
 */
record WorkerToken(
    String id,
    String worker,
    String hash,
    String maker,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {

  private static final String PREFIX = "slp_";
  private static final int ID_LENGTH = 4;

  /** 120 random bits. */
  private static final int SECRET_LENGTH = 20;

  private static final Pattern TOKEN =
      Pattern.compile("(slp_([a-z0-9]{8})[a-z2-8]{4})([A-Za-z0-9_-]{20})?");

  /**
   * A token as its maker is told it, once.
   *
   * @param secret the whole token
   */
  record Made(WorkerToken token, String secret) {

    @Override
    public String toString() {
      return "Made[token=" + token.id() + "]";
    }
  }

  /**
   * What a text says that may be a token, whole or only its public part.
   *
   * @param id the public part
   */
  record Named(String id, String room) {}

  static Made make(
      String room, String worker, String maker, Instant now, Optional<Instant> expiresAt) {
    String id = PREFIX + room + Secrets.word(ID_LENGTH);
    String secret = id + Secrets.dense(SECRET_LENGTH);
    return new Made(
        new WorkerToken(id, worker, Secrets.hash(secret), maker, now, expiresAt, Optional.empty()),
        secret);
  }

  static Optional<Named> named(String text) {
    Matcher matcher = TOKEN.matcher(text);
    return matcher.matches()
        ? Optional.of(new Named(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  boolean is(String token) {
    return Secrets.same(hash, Secrets.hash(token));
  }

  boolean expired(Instant now) {
    return expiresAt.filter(now::isAfter).isPresent();
  }

  boolean active(Instant now) {
    return revokedAt.isEmpty() && !expired(now);
  }

  WorkerToken revoked(Instant now) {
    return new WorkerToken(id, worker, hash, maker, createdAt, expiresAt, Optional.of(now));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("worker_name", worker).put("sha256", hash).put("created_by", maker);
    json.put("created_at", createdAt.toString());
    expiresAt.ifPresent(at -> json.put("expires_at", at.toString()));
    revokedAt.ifPresent(at -> json.put("revoked_at", at.toString()));
    return json;
  }

  static WorkerToken fromJson(String id, JsonNode json) {
    return new WorkerToken(
        id,
        required(json, "worker_name"),
        required(json, "sha256"),
        required(json, "created_by"),
        Instant.parse(required(json, "created_at")),
        Json.text(json, "expires_at").map(Instant::parse),
        Json.text(json, "revoked_at").map(Instant::parse));
  }

  private static String required(JsonNode json, String field) {
    return Json.text(json, field)
        .orElseThrow(() -> new DateTimeException("Missing '" + field + "'"));
  }
}
