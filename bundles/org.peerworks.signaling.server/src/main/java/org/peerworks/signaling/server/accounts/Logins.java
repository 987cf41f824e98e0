package org.peerworks.signaling.server.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.signaling.server.basic.Json;

/**
 * Logins as JSON Web Tokens (RFC 7519, RS256), as the sleap-rtc programs know them: {@code iss} and
 * {@code aud} are {@code sleap-rtc}, {@code sub} is the account's id. The key pair is this server's
 * own; it is made when the first login needs it. Thread-safe.
 */
public final class Logins {

  private static final String WHO = "sleap-rtc";
  private static final String ISSUED = "issued_at";
  private static final String ALGORITHM = "SHA256withRSA";
  private static final int KEY_BITS = 2048;
  private static final int MAX_LENGTH = 4096;
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      ENCODER.encodeToString(
          "{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));

  private final Path keyFile;
  private final Users users;
  private final Clock clock;
  private KeyPair keys;

  public Logins(Path keyFile, Users users, Clock clock) {
    this.keyFile = keyFile;
    this.users = users;
    this.clock = clock;
  }

  /** A login for seven days; a secret. */
  public String issue(User user) throws IOException {
    Instant now = clock.instant();
    ObjectNode claims = Json.object();
    claims.put("iss", WHO).put("aud", WHO).put("sub", user.id()).put("username", user.name());
    // 'iat' has whole seconds; a password may be changed within one.
    claims.put(ISSUED, now.toString());
    claims.put("iat", now.getEpochSecond()).put("exp", now.plus(LIFETIME).getEpochSecond());
    String body =
        HEADER + "." + ENCODER.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys(true).orElseThrow().getPrivate());
      signature.update(body.getBytes(StandardCharsets.US_ASCII));
      return body + "." + ENCODER.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot sign a login with the key '" + keyFile + "'.", e);
    }
  }

  /** Whose login it is; empty if it is none, or too old, or void. */
  public Optional<User> user(String jwt) throws IOException {
    String[] parts = jwt.length() > MAX_LENGTH ? new String[0] : jwt.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    Optional<KeyPair> own = keys(false);
    if (own.isEmpty() || !verifies(own.get(), parts)) {
      return Optional.empty();
    }
    return Json.parse(new String(decode(parts[1]), StandardCharsets.UTF_8)).flatMap(this::user);
  }

  private Optional<User> user(ObjectNode claims) {
    Instant now = clock.instant();
    Instant issued = issued(claims);
    boolean valid =
        claims.path("iss").asText().equals(WHO)
            && claims.path("aud").asText().equals(WHO)
            && Instant.ofEpochSecond(claims.path("exp").asLong()).isAfter(now);
    return Optional.of(claims.path("sub").asText())
        .filter(sub -> valid)
        .flatMap(users::find)
        .filter(user -> !issued.isBefore(user.loginsFrom()));
  }

  /** To the fraction of a second; those of earlier versions count from the beginning of it. */
  private static Instant issued(ObjectNode claims) {
    try {
      return Instant.parse(claims.path(ISSUED).asText());
    } catch (DateTimeException e) {
      return Instant.ofEpochSecond(claims.path("iat").asLong());
    }
  }

  private static boolean verifies(KeyPair own, String[] parts) {
    try {
      boolean known =
          Json.parse(new String(decode(parts[0]), StandardCharsets.UTF_8))
              .filter(header -> header.path("alg").asText().equals("RS256"))
              .isPresent();
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(own.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
      return known && signature.verify(decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] decode(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private synchronized Optional<KeyPair> keys(boolean make) throws IOException {
    if (keys == null && Files.exists(keyFile)) {
      keys = read();
    } else if (keys == null && make) {
      keys = generate();
    }
    return Optional.ofNullable(keys);
  }

  private KeyPair generate() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      KeyPair pair = generator.generateKeyPair();
      Files.createDirectories(keyFile.getParent());
      AtomicFiles.writeSecret(keyFile, pem(pair.getPrivate()));
      return pair;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java makes no RSA keys.", e);
    }
  }

  private KeyPair read() throws IOException {
    try {
      String pem = Files.readString(keyFile, StandardCharsets.US_ASCII);
      byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new KeyPair(
          factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
          key);
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          "The key file '"
              + keyFile
              + "' holds no RSA key in PEM form. Restore it, or remove it: then everybody has to log"
              + " in again.",
          e);
    }
  }

  private static byte[] pem(PrivateKey key) {
    String text =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
