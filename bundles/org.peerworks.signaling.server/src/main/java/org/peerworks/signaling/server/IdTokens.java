package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * Proves who signed in: JSON Web Tokens (RFC 7519, HS256) under a key that only this server knows.
 * Nothing is stored for a name, so strangers cannot fill the disk by signing in.
 */
final class IdTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int MAX_LENGTH = 1024;
  private static final String ISSUER = "peerworks-signaling";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      ENCODER.encodeToString(
          "{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));

  private final SecretKeySpec key;

  private IdTokens(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Reads the key, or makes one at the first start. */
  static IdTokens open(Path keyFile) throws IOException {
    if (!Files.exists(keyFile)) {
      Files.createDirectories(keyFile.getParent());
      AtomicFiles.writeSecret(keyFile, Secrets.bytes(KEY_BYTES));
    }
    byte[] key = Files.readAllBytes(keyFile);
    if (key.length != KEY_BYTES) {
      throw new IOException(
          "The key file '"
              + keyFile
              + "' has "
              + key.length
              + " bytes instead of "
              + KEY_BYTES
              + ". Restore it, or remove it: then everybody has to sign in again.");
    }
    return new IdTokens(key);
  }

  /** A fresh name and its proof. */
  SignedIn signIn() {
    String username = UUID.randomUUID().toString();
    ObjectNode claims = Json.object();
    claims.put("iss", ISSUER).put("sub", username).put("iat", Instant.now().getEpochSecond());
    String body =
        HEADER + "." + ENCODER.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
    return new SignedIn(username, body + "." + ENCODER.encodeToString(sign(body)));
  }

  /** The name that the token proves; empty if it proves none. */
  Optional<String> subject(String token) {
    int end = token.lastIndexOf('.');
    if (token.length() > MAX_LENGTH || !token.startsWith(HEADER + ".") || end < HEADER.length()) {
      return Optional.empty();
    }
    String body = token.substring(0, end);
    String signature = ENCODER.encodeToString(sign(body));
    if (!MessageDigest.isEqual(
        signature.getBytes(StandardCharsets.UTF_8),
        token.substring(end + 1).getBytes(StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    byte[] claims = Base64.getUrlDecoder().decode(body.substring(HEADER.length() + 1));
    return Json.parse(new String(claims, StandardCharsets.UTF_8))
        .filter(parsed -> Json.text(parsed, "iss").filter(ISSUER::equals).isPresent())
        .flatMap(parsed -> Json.text(parsed, "sub"));
  }

  private byte[] sign(String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM + ".", e);
    }
  }

  /** A name and its proof; the proof is a secret. */
  record SignedIn(String username, String token) {

    @Override
    public String toString() {
      return "SignedIn[username=" + username + "]";
    }
  }
}
