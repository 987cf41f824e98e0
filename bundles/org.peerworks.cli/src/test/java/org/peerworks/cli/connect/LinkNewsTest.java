package org.peerworks.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.peerworks.cli.terminal.Console;
import org.peerworks.protocol.api.LinkState;

final class LinkNewsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private void tell(boolean json, boolean quiet) {
    Console console =
        Console.on(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            json,
            false,
            80);
    LinkNews news = new LinkNews(console, "gpu-1", quiet);
    news.accept(LinkState.connected());
    news.accept(LinkState.lost("Nothing was heard."));
    news.accept(LinkState.connected());
    news.accept(LinkState.closed("The client is done."));
  }

  @Test
  void aPersonReadsOneLineWhenItIsLostAndOneWhenItIsBack() {
    tell(false, false);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "The connection to worker 'gpu-1' was lost: Nothing was heard. Reconnecting ...",
            "Connected to worker 'gpu-1' again.");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aScriptThatFollowsIsToldByEvents() {
    tell(true, false);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "{\"event\":\"lost\",\"worker\":\"gpu-1\",\"reason\":\"Nothing was heard.\"}",
            "{\"event\":\"reconnected\",\"worker\":\"gpu-1\"}");
  }

  @Test
  void aScriptThatWaitsForOneDocumentGetsNothingElse() {
    tell(true, true);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }
}
