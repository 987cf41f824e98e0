package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class TrainerLinkTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path directory;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger interrupts = new AtomicInteger();
  private volatile boolean runs = true;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private TrainerLink link(String file, Duration grace) throws IOException {
    TrainerLink link =
        TrainerLink.open(
            directory.resolve("ports").resolve(file),
            "test",
            message -> heard.add(message.event()),
            () -> {
              if (runs) {
                interrupts.incrementAndGet();
              }
              return runs;
            },
            grace);
    open.add(0, link);
    return link;
  }

  /** The trainer's ends, as Python has them: a PUB and a SUB that connect. */
  private final class Trainer {
    private final ZContext context = new ZContext();
    private final ZMQ.Socket publisher = context.createSocket(SocketType.PUB);
    private final ZMQ.Socket commands = context.createSocket(SocketType.SUB);

    Trainer(TrainerPorts ports, boolean listens) {
      // JeroMQ may forget a connection that it has just made, and notices by this alone
      publisher.setHandshakeIvl(1000);
      commands.setHandshakeIvl(1000);
      publisher.connect("tcp://127.0.0.1:" + ports.publish());
      if (listens) {
        commands.subscribe("");
        commands.connect("tcp://127.0.0.1:" + ports.controller());
      }
      open.add(context);
    }

    void says(String message) {
      publisher.send(message);
    }

    /** Says something until it was heard, as a publisher does not know who listens. */
    void isHeard(String event) {
      await()
          .until(
              () -> {
                says("{\"event\":\"" + event + "\"}");
                return heard.contains(event);
              });
    }

    void awaitStop() {
      commands.setReceiveTimeOut(60_000);
      assertThat(commands.recvStr()).isEqualTo("{\"command\":\"stop\"}");
    }
  }

  @Test
  void aTrainerThatListensIsHeardAndAskedAndNotInterrupted() throws Exception {
    TrainerLink link = link("a", LONG);
    Trainer trainer = new Trainer(link.ports().orElseThrow(), true);
    trainer.isHeard("train_begin");
    link.stop();
    trainer.awaitStop();
    trainer.awaitStop();
    assertThat(interrupts).hasValue(0);
  }

  @Test
  void aTrainerThatDoesNotListenIsInterruptedOnceItRuns() throws Exception {
    runs = false;
    TrainerLink link = link("a", LONG);
    new Trainer(link.ports().orElseThrow(), false).isHeard("epoch_end");
    link.stop();
    runs = true;
    await().until(() -> interrupts.get() == 1);
    link.close();
    assertThat(interrupts).hasValue(1);
  }

  @Test
  void aTrainerThatGoesOnIsInterruptedAfterTheGrace() throws Exception {
    TrainerLink link = link("a", Duration.ofMillis(1500));
    Trainer trainer = new Trainer(link.ports().orElseThrow(), true);
    trainer.isHeard("train_begin");
    link.stop();
    trainer.awaitStop();
    await().until(() -> interrupts.get() == 1);
  }

  @Test
  void aTrainerThatOutlivedItsWorkerIsHeardAgain() throws Exception {
    TrainerLink first = link("a", LONG);
    TrainerPorts ports = first.ports().orElseThrow();
    Trainer trainer = new Trainer(ports, true);
    trainer.isHeard("train_begin");
    first.close();
    TrainerLink second = link("a", LONG);
    assertThat(second.ports()).contains(ports);
    trainer.isHeard("epoch_end");
    trainer.isHeard("batch_end"); // by now it has subscribed again
    second.stop();
    trainer.awaitStop();
  }

  @Test
  void eachTrainerHasPortsOfItsOwn() throws Exception {
    TrainerPorts one = link("a", LONG).ports().orElseThrow();
    TrainerPorts other = link("b", LONG).ports().orElseThrow();
    assertThat(List.of(one.controller(), one.publish(), other.controller(), other.publish()))
        .doesNotHaveDuplicates();
  }

  @Test
  void portsThatSomebodyElseHasByNowLeaveOnlyTheInterrupt() throws Exception {
    link("a", LONG);
    Files.copy(directory.resolve("ports/a"), directory.resolve("ports/b"));
    TrainerLink second = link("b", LONG);
    assertThat(second.ports()).isEmpty();
    second.stop();
    await().until(() -> interrupts.get() == 1);
  }

  @Test
  void whoeverReachesThePortCannotSilenceTheTrainer() throws Exception {
    TrainerLink link = link("a", LONG);
    TrainerPorts ports = link.ports().orElseThrow();
    Trainer hostile = new Trainer(ports, true);
    hostile.isHeard("train_begin");
    for (String nonsense : List.of("", "no JSON", "{\"event\":[]}", "x".repeat(100_000))) {
      hostile.says(nonsense);
    }
    hostile.publisher.sendMore("{\"event\":\"first_part\"}");
    hostile.publisher.send(new byte[3 << 20]);
    hostile.commands.unsubscribe("");
    new Trainer(ports, true).isHeard("epoch_end");
    assertThat(heard).doesNotContain("first_part");
    try (var socket = new java.net.Socket("127.0.0.1", ports.publish())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    new Trainer(ports, true).isHeard("train_end");
  }
}
