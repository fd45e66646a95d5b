package dev.idem.dropwizard.health;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.idem.http.metrics.PlainMetrics;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of the layer and of the application, for Prometheus. A metric of the application that fails, or whose name another
 * metric has there, is left out with one line in the log; all others are shown. Thread-safe.
 */
final class ShownMetrics implements MultiCollector {
    private static final Logger log = LoggerFactory.getLogger(ShownMetrics.class);

    private static final List<String> OF_ANY = List.of("", "_total", "_created", "_bucket", "_count", "_sum", "_info");
    private static final List<String> OF_COUNTER = List.of("", "_total");
    private static final List<String> OF_SUMMARY = List.of("", "_count");
    private static final List<String> OF_GAUGE = List.of("");

    /** In this order metrics get their names. A gauge comes last, since not every gauge is a number that is shown. */
    private static final List<Predicate<Metric>> KINDS = List.of(
            Counter.class::isInstance,
            Meter.class::isInstance,
            Timer.class::isInstance,
            Histogram.class::isInstance,
            com.codahale.metrics.Gauge.class::isInstance);

    private final PrometheusRegistry layer;
    private final MetricRegistry application;
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    ShownMetrics(PrometheusRegistry layer, MetricRegistry application) {
        this.layer = layer;
        this.application = application;
    }

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> all = new ArrayList<>(layer.scrape().stream().toList());
        leftOut.retainAll(application.getNames());
        ofApplication(all).forEach(all::add);
        return new MetricSnapshots(all);
    }

    private MetricSnapshots ofApplication(List<MetricSnapshot> ours) {
        Set<String> taken = new HashSet<>();
        ours.forEach(own -> OF_ANY.forEach(series -> taken.add(own.getMetadata().getPrometheusName() + series)));
        Set<String> names = namesBeside(taken);
        PrometheusRegistry theirs = new PrometheusRegistry();
        DropwizardExports.builder()
                .dropwizardRegistry(application)
                .metricFilter((name, metric) -> names.contains(name))
                .invalidMetricHandler((name, failure) ->
                        leaveOut(name, "it fails with " + failure.getClass().getName()))
                .register(theirs);
        return theirs.scrape();
    }

    /** The application's metrics whose series nobody else has. */
    private Set<String> namesBeside(Set<String> taken) {
        Set<String> names = new HashSet<>();
        Map<String, Metric> metrics = application.getMetrics();
        for (Predicate<Metric> kind : KINDS) {
            metrics.forEach((name, metric) -> {
                if (kind.test(metric) && !PlainMetrics.isOurs(metric) && isFree(name, metric, taken)) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private boolean isFree(String name, Metric metric, Set<String> taken) {
        if (name.isEmpty()) {
            return !leaveOut(name, "it has no name");
        }
        List<String> series = series(name, metric);
        if (series.stream().anyMatch(taken::contains)) {
            return !leaveOut(name, "another metric is called " + series.get(0));
        }
        taken.addAll(series);
        return true;
    }

    private static List<String> series(String name, Metric metric) {
        String family = PrometheusNaming.prometheusName(PrometheusNaming.sanitizeMetricName(name));
        return suffixes(metric).stream().map(suffix -> family + suffix).toList();
    }

    private static List<String> suffixes(Metric metric) {
        if (metric instanceof Counter || metric instanceof Meter) {
            return OF_COUNTER;
        }
        return metric instanceof Timer || metric instanceof Histogram ? OF_SUMMARY : OF_GAUGE;
    }

    private boolean leaveOut(String name, String why) {
        if (leftOut.add(name)) {
            log.warn("the application's metric {} is not shown to Prometheus: {}", name, why);
        }
        return true;
    }
}
