package org.peerworks.shell.ssh;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.shell.api.Shell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people into the worker's shell over SSH, if it is enabled. */
@Component(service = SshDoor.class, immediate = true, configurationPid = "org.peerworks.shell.ssh")
@Designate(ocd = SshDoor.Config.class)
public final class SshDoor {

  private static final Logger LOG = LoggerFactory.getLogger(SshDoor.class);

  @ObjectClassDefinition(name = "Shell over SSH", description = "The worker's shell, from far")
  @interface Config {
    @AttributeDefinition(description = "Whether the door is open; a worker reads it when it starts")
    boolean enabled() default false;

    @AttributeDefinition(
        description = "Address to listen on; 0.0.0.0 for all, so that others can come in")
    String host() default "127.0.0.1";

    @AttributeDefinition(
        description = "Port to listen on; 0 for a free one",
        min = "0",
        max = "65535")
    int port() default 7622;

    @AttributeDefinition(
        description = "Connections at once; further ones are closed",
        min = "1",
        max = "1000")
    int maxSessions() default 32;

    @AttributeDefinition(
        description = "Of these, connections of those who have not proved yet who they are",
        min = "1",
        max = "1000")
    int maxStrangers() default 8;

    @AttributeDefinition(
        description = "Keys that may be tried on one connection",
        min = "1",
        max = "100")
    int authTries() default 8;

    @AttributeDefinition(
        description = "Seconds in which somebody must have proved who they are",
        min = "1",
        max = "600")
    int authSeconds() default 20;

    @AttributeDefinition(
        description = "Minutes without a sign of life after which a connection is closed",
        min = "1",
        max = "10080")
    int idleMinutes() default 60;
  }

  @Reference(
      name = "audit",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog audit;

  private final AutoCloseable door;

  @Activate
  public SshDoor(BundleContext context, @Reference(name = "shell") Shell shell, Config config) {
    AutoCloseable open = null;
    if (config.enabled()) {
      Path data = Path.of(context.getProperty("peerworks.data"));
      Limits limits =
          new Limits(
              config.maxSessions(),
              config.maxStrangers(),
              config.authTries(),
              config.authSeconds(),
              config.idleMinutes());
      try {
        open =
            Door.open(
                data, config.host(), config.port(), limits, shell, new Strangers(() -> audit));
      } catch (IOException e) {
        LOG.error(
            "Cannot listen for SSH on '{}' port {}; correct 'host' and 'port' in"
                + " org.peerworks.shell.ssh.cfg",
            config.host(),
            config.port(),
            e);
      }
    }
    this.door = open;
  }

  @Deactivate
  void close() throws Exception {
    if (door != null) {
      door.close();
    }
  }
}
