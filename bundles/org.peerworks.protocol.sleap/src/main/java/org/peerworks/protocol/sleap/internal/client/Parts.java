package org.peerworks.protocol.sleap.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Questions with more texts than one message takes. */
final class Parts {

  /** Characters that go into one message, which may have 64 KiB. */
  private static final int MOST_TEXT = 12_000;

  private Parts() {}

  /** Asks in parts that fit into a message each; once if there is nothing to ask for. */
  static <R> CompletableFuture<List<R>> ask(
      List<String> texts, Function<List<String>, CompletableFuture<R>> ask) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int length = 0;
    for (String text : texts) {
      if (!part.isEmpty() && length + text.length() > MOST_TEXT) {
        parts.add(part);
        part = new ArrayList<>();
        length = 0;
      }
      part.add(text);
      length += text.length() + 4;
    }
    parts.add(part);
    CompletableFuture<List<R>> all = CompletableFuture.completedFuture(List.of());
    for (List<String> each : parts) {
      all =
          all.thenCompose(
              before ->
                  ask.apply(each)
                      .thenApply(
                          answer -> {
                            List<R> answers = new ArrayList<>(before);
                            answers.add(answer);
                            return answers;
                          }));
    }
    return all;
  }
}
