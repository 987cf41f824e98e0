package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the room. */
class NoteTest {

  private static final Fingerprint FINGERPRINT = Identity.create().fingerprint();
  private static final String TICKET = "00112233445566778899aabbccddeeff";

  @Test
  void notesAreReadAsTheyWereWritten() {
    for (Note note :
        List.of(
            new Note.Offer(Note.Json.newTicket(), FINGERPRINT),
            new Note.Answer(
                TICKET, FINGERPRINT, List.of("192.168.1.2", "fd00::1", "gpu-1.example.org"), 4433),
            new Note.Refusal(TICKET, "Full."))) {
      assertThat(Note.Json.read(Note.Json.write(note))).contains(note);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"peerworks-direct\"",
        "{\"type\":\"job_request\",\"note\":\"peerworks-direct\"}",
        "{\"type\":\"peerworks-direct\""
      })
  void whatIsNoNoteIsLeftToOthers(String text) {
    assertThat(Note.Json.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"peerworks-direct\"}",
        "{\"type\":\"peerworks-direct\",\"note\":\"offer\",\"ticket\":\"" + TICKET + "\"}",
        "{\"type\":\"peerworks-direct\",\"note\":\"offer\",\"ticket\":\"00\"}",
        "{\"type\":\"peerworks-direct\",\"note\":\"other\",\"ticket\":\"" + TICKET + "\"}",
        "{\"type\":\"peerworks-direct\",\"note\":[],\"ticket\":{}}"
      })
  void aNoteOfNoUseIsRefused(String text) {
    assertThatThrownBy(() -> Note.Json.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesThatAreNoneAreLeftOutAndThereAreOnlySoMany() {
    String answer =
        Note.Json.write(new Note.Answer(TICKET, FINGERPRINT, List.of("10.0.0.1", "a b", "-x"), 1));
    assertThat(((Note.Answer) Note.Json.read(answer).orElseThrow()).addresses())
        .containsExactly("10.0.0.1");
    String many =
        Note.Json.write(
            new Note.Answer(TICKET, FINGERPRINT, java.util.Collections.nCopies(99, "::1"), 1));
    assertThat(((Note.Answer) Note.Json.read(many).orElseThrow()).addresses()).hasSize(16);
    assertThat(Note.Json.read(" ".repeat(9000) + answer)).isEmpty();
  }

  @Test
  void aPortIsOne() {
    String answer = Note.Json.write(new Note.Answer(TICKET, FINGERPRINT, List.of("::1"), 70_000));
    assertThatThrownBy(() -> Note.Json.read(answer)).hasMessageContaining("'port'");
  }
}
