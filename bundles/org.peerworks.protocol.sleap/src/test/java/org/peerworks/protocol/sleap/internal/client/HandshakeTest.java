package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.transport.api.TransportException;

/** The first words with a worker (sleap-rtc wire format §2.5). */
final class HandshakeTest {

  private static final String NONCE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String INFO =
      "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/d\",\"mounts\":[]}";

  @TempDir Path here;
  private Lab lab;

  @BeforeEach
  void open() {
    lab = new Lab(here);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void guarded(String verdict) {
    lab.python
        .onOpen(python -> python.say("AUTH_CHALLENGE::" + NONCE))
        .on(
            (python, text) -> {
              if (text.startsWith("AUTH_RESPONSE::")) {
                python.say(verdict);
              } else if (text.equals("FS_GET_INFO")
                  && python.heard().stream().anyMatch(t -> t.startsWith("AUTH_RESPONSE"))) {
                python.say(INFO);
              }
            });
  }

  private String answer() {
    return lab.python.heard().stream()
        .filter(text -> text.startsWith("AUTH_RESPONSE::"))
        .findFirst()
        .get()
        .substring("AUTH_RESPONSE::".length());
  }

  @Test
  void theSecretOfTheRoomAnswersWithAnHmacOverTheBytes() throws GeneralSecurityException {
    byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    guarded("AUTH_SUCCESS");
    lab.connect(
        "g3",
        Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(key)),
        Optional.of("not used"));

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    assertThat(answer())
        .isEqualTo(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(Base64.getUrlDecoder().decode(NONCE))));
  }

  @Test
  void aKeySignsTheTextOfTheNonce() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] raw = ((EdECPrivateKey) pair.getPrivate()).getBytes().get();
    guarded("AUTH_SUCCESS");
    lab.connect(
        "g3",
        Optional.empty(),
        Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(raw)));

    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(pair.getPublic());
    signature.update(NONCE.getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(answer()))).isTrue();
  }

  /** Who runs a worker gets no signature of a text of his own choice. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "peerworks hello proof",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh88",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGx::Hh8",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBka Gx/Hh8"
      })
  void nothingButAChallengeIsSigned(String text) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] raw = ((EdECPrivateKey) pair.getPrivate()).getBytes().get();
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    lab.python.onOpen(python -> python.say("AUTH_CHALLENGE::" + text));

    assertThatThrownBy(() -> lab.connect("g3", Optional.empty(), Optional.of(key)))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("nothing was signed");
    assertThat(lab.python.heard()).noneMatch(said -> said.startsWith("AUTH_RESPONSE"));
  }

  @Test
  void withNothingToProveItSaysSoAndTellsWhatToDo() {
    guarded("AUTH_FAILURE::missing");
    assertThatThrownBy(() -> lab.connect("g3"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("--room-secret");
    assertThat(answer()).isEqualTo("missing");
  }

  @Test
  void aSecretThatIsNotAcceptedIsNamed() {
    guarded("AUTH_FAILURE::invalid");
    assertThatThrownBy(() -> lab.connect("g3", Optional.of("c2VjcmV0"), Optional.empty()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("did not accept the secret of the room (invalid)");
  }

  @Test
  void aWorkerWithoutProofIsReadyAtItsFirstAnswer() {
    lab.python.on((python, text) -> python.say(INFO));
    assertThat(lab.connect("g3").description()).isEqualTo("sleap-rtc g3");
    assertThat(lab.python.heard()).containsExactly("FS_GET_INFO");
  }

  @Test
  void anAnswerBeforeTheVerdictCountsForNothing() {
    lab.python
        .onOpen(python -> python.say("AUTH_CHALLENGE::" + NONCE, INFO))
        .on(
            (python, text) -> {
              if (text.startsWith("AUTH_RESPONSE::")) {
                python.say("AUTH_FAILURE::invalid");
              }
            });
    assertThatThrownBy(() -> lab.connect("g3")).isInstanceOf(TransportException.class);
  }

  @Test
  void aWorkerThatSaysNothingIsGivenUp() {
    assertThatThrownBy(() -> lab.connect("g3"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("did not answer within 2 s");
  }

  @Test
  void theFirstGenerationsAreAskedNothing() {
    lab.connect("g1");
    lab.python.say("hello\n");
    assertThat(lab.python.heard()).isEmpty();
  }

  @Test
  void aGenerationThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> lab.connect("g9"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("g1, g2 and g3");
  }

  @ParameterizedTest
  @CsvSource({"'', 9f0c, G1", "gpu_model, 9f0c, G2", "gpu_model, worker-1a2b, G3"})
  void theGenerationShowsInWhatTheWorkerSays(String property, String id, Generation generation) {
    Map<String, Object> properties = property.isEmpty() ? Map.of() : Map.of(property, "x");
    assertThat(Generation.of(new PeerInfo(id, Role.WORKER, List.of(), properties)))
        .isEqualTo(generation);
  }
}
