package org.peerworks.worker;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.peerworks.signaling.api.Room;

/**
 * A room that others in this process can see, as a service with the properties {@code
 * room.role=worker} and {@code room.problem}: why no peer can come in, empty if one can.
 */
interface Publication {

  /** Offers a room to others. */
  interface Publisher {
    Publication publish(Room here, String problem);
  }

  void problem(String now);

  void end();

  /** As an OSGi service. */
  static Publisher in(BundleContext context) {
    return (here, problem) -> {
      ServiceRegistration<Room> registration =
          context.registerService(
              Room.class, here, FrameworkUtil.asDictionary(properties(problem)));
      return new Publication() {
        @Override
        public void problem(String now) {
          if (!now.equals(registration.getReference().getProperty("room.problem"))) {
            registration.setProperties(FrameworkUtil.asDictionary(properties(now)));
          }
        }

        @Override
        public void end() {
          registration.unregister();
        }
      };
    };
  }

  private static Map<String, Object> properties(String problem) {
    return Map.of("room.role", "worker", "room.problem", problem);
  }
}
