package org.peerworks.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Transport;

/** A worker's room with all around it in memory. */
final class TestWorker {

  final TestServer server;
  final TestTransport transport = new TestTransport();
  final TestProtocol protocol = new TestProtocol();
  final TestJobs jobs = new TestJobs();
  final TestSlots slots = new TestSlots(2, List.of());
  final AtomicReference<Room> published = new AtomicReference<>();
  volatile String problem;
  final WorkerRoom worker;

  TestWorker(TestServer server, WorkerRoom.Config config, Path data) {
    this.server = server;
    this.worker = new WorkerRoom(server, config, data, "1.2.3", this::publish);
  }

  private Publication publish(Room room, String now) {
    problem = now;
    published.set(room);
    return new Publication() {
      @Override
      public void problem(String later) {
        problem = later;
      }

      @Override
      public void end() {
        published.set(null);
      }
    };
  }

  /** As Declarative Services would: first what is there, then the start. */
  TestWorker start() {
    worker.addTransport(transport, Map.of(Transport.NAME, "webrtc"));
    worker.addProtocol(protocol, Map.of(Protocol.NAME, "peerworks"));
    worker.setJobs(jobs);
    worker.setSlots(slots);
    worker.start();
    return this;
  }

  TestWorker awaitRoom(int number) {
    Awaitility.await().until(() -> server.hasRoom(number) && published.get() == server.room());
    return this;
  }
}
