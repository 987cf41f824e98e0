package org.peerworks.deploy.drop;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.deploy.Records;
import org.peerworks.deploy.transaction.Config;
import org.peerworks.deploy.transaction.Deployer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs what is put into {@code data/deploy}, updates what is overwritten, removes what is
 * deleted. Waits for the system to say that something changed; does not look by itself.
 */
@Component(service = DropFolder.class, immediate = true, configurationPid = Config.PID)
public final class DropFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final Duration STILL = Duration.ofSeconds(1);
  private static final Duration NEVER_WHOLE = Duration.ofSeconds(15);
  private static final long END_MILLIS = 3000;
  private static final long LOOK_MILLIS = 250;

  private final BundleContext context;
  private final Deployer deployer;
  private final boolean enabled;
  private final Path folder;
  private final Verdicts verdicts;
  private final Judge judge;
  private final Thread thread;
  private volatile boolean closed;

  @Reference(
      name = "audit",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog audit;

  @Activate
  public DropFolder(
      BundleContext context, @Reference(name = "deployer") Deployer deployer, Config config) {
    this(
        context,
        Path.of(context.getProperty("peerworks.data")),
        deployer,
        config.dropFolder(),
        new Settling(STILL, NEVER_WHOLE));
  }

  DropFolder(
      BundleContext context, Path data, Deployer deployer, boolean enabled, Settling settling) {
    this.context = context;
    this.deployer = deployer;
    this.enabled = enabled;
    folder = data.resolve("deploy");
    verdicts = new Verdicts(data.resolve("bundles").resolve("verdicts.json"));
    judge = new Judge(folder, deployer, verdicts, settling, this::record);
    thread = new Thread(this::watch, "deploy-folder");
    thread.setDaemon(true);
    thread.start();
  }

  @Deactivate
  void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The verdicts on all files. */
  public List<Verdict> verdicts() {
    return verdicts.all();
  }

  private void watch() {
    try {
      AllStarted.await(context);
      deployer.endTrial();
      if (enabled) {
        Files.createDirectories(folder);
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
          folder.register(
              changes,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
          follow(changes);
        }
      }
    } catch (IOException e) {
      LOG.error("Files in '{}' are not installed until the worker is restarted", folder, e);
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.debug("The drop folder is not watched any more", e);
    } catch (IllegalStateException e) {
      if (!closed) {
        LOG.error("Files in '{}' are not installed until the worker is restarted", folder, e);
      }
    }
  }

  private void follow(WatchService changes) throws InterruptedException {
    while (!closed) {
      boolean unsettled = look();
      WatchKey key = unsettled ? changes.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS) : changes.take();
      if (key != null) {
        key.pollEvents();
        key.reset();
      }
    }
  }

  private boolean look() {
    try {
      return judge.look();
    } catch (IOException e) {
      if (closed) {
        return false; // interrupted
      }
      LOG.error("Cannot look into '{}'; tries again when something changes there", folder, e);
      return false;
    }
  }

  private void record(String what, boolean good, String words) {
    Records.add(audit, "deploy/", what, good, words);
  }
}
