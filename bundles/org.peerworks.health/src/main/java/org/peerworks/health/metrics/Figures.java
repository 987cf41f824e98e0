package org.peerworks.health.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.health.api.MetricSource;
import org.peerworks.health.api.Metrics;
import org.peerworks.health.api.Readiness;
import org.peerworks.health.ready.ReadyLevels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the figures of all who have some, when somebody asks. */
@Component(service = Figures.class)
public final class Figures {

  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private final ReadyLevels levels;
  private final MetricSource process;
  private final Map<ServiceReference<MetricSource>, MetricSource> sources =
      new ConcurrentSkipListMap<>();

  @Reference(
      name = "audit",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog audit;

  @Activate
  public Figures(BundleContext context, @Reference(name = "levels") ReadyLevels levels) {
    this.levels = levels;
    this.process = new ProcessFigures(context, Path.of(context.getProperty("peerworks.data")));
  }

  @Reference(
      name = "sources",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addSource(ServiceReference<MetricSource> reference, MetricSource source) {
    sources.put(reference, source);
  }

  void removeSource(ServiceReference<MetricSource> reference) {
    sources.remove(reference);
  }

  /** In Prometheus' text format 0.0.4. One who cannot tell its figures keeps nobody else's out. */
  public synchronized String text() {
    TextFormat format = new TextFormat();
    measure(process, "the process", format);
    measure(this::readiness, "readiness", format);
    measure(this::audit, "the audit log", format);
    sources.forEach(
        (reference, source) -> measure(source, String.valueOf(reference.getBundle()), format));
    return format.text();
  }

  private static void measure(MetricSource source, String name, Metrics to) {
    try {
      source.measure(to);
    } catch (RuntimeException | Error e) {
      LOG.warn("The figures of '{}' are missing or not whole", name, e);
    }
  }

  private void readiness(Metrics to) {
    for (Readiness level : levels.readiness()) {
      to.gauge(
          "peerworks_ready",
          "Whether a level of readiness is reached (1) or not (0).",
          level.reached() ? 1 : 0,
          "level",
          level.name());
    }
  }

  private void audit(Metrics to) {
    AuditLog log = audit;
    if (log == null) {
      return;
    }
    try {
      long newest =
          log.list(Long.MAX_VALUE, 1).entries().stream().mapToLong(AuditEntry::number).sum();
      to.counter(
          "peerworks_audit_entries_total", "Entries that the audit log has ever had.", newest);
    } catch (IOException e) {
      throw new IllegalStateException("The audit log cannot be read.", e);
    }
  }
}
