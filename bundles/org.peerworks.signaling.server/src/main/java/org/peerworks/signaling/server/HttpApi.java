package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import org.peerworks.signaling.server.basic.AddressLimits;
import org.peerworks.signaling.server.basic.Json;

/** All HTTP calls of the server, each within the limit of its address. Thread-safe. */
final class HttpApi {

  private static final int CALLS_PER_SIGN_IN = 10;

  private final Router router;
  private final AddressLimits calls;

  /**
   * @param router has the calls of the others
   */
  HttpApi(Router router, Rooms rooms, Hub hub, Limits limits, Clock clock, String version) {
    this.router = router;
    this.calls =
        new AddressLimits((double) limits.signInsPerMinute() * CALLS_PER_SIGN_IN, System::nanoTime);
    router.on("GET", "/health", call -> health(clock, version));
    router.on("GET", "/metrics", call -> metrics(rooms, hub));
  }

  HttpReply answer(HttpCall call) {
    return calls.take(call.caller())
        ? router.answer(call)
        : HttpReply.error(429, "Too many requests from this address. Try again later.");
  }

  private static HttpReply health(Clock clock, String version) {
    return HttpReply.ok(
        Json.object()
            .put("status", "ok")
            .put("timestamp", clock.instant().toString())
            .put("version", version));
  }

  private static HttpReply metrics(Rooms rooms, Hub hub) {
    ObjectNode counts = hub.metrics().toJson();
    counts.put("connections", hub.conversations().size());
    counts.put("rooms", rooms.all().size());
    counts.put("peers", rooms.all().stream().mapToInt(Room::size).sum());
    return HttpReply.ok(counts);
  }
}
