package dev.idem.hibernate;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.ParticipantFactory;
import dev.idem.dropwizard.sections.IdempotentConfiguration;
import dev.idem.dropwizard.sections.SectionsBundle;
import dev.idem.hibernate.example.Purchase;
import dev.idem.hibernate.example.ShopApplication.PurchaseDao;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.PooledDataSourceFactory;
import io.dropwizard.hibernate.HibernateBundle;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.hibernate.Session;

/** An application with two session factories, whose DAOs work in one transaction. */
class TwoFactories extends Application<IdempotentConfiguration> {
    private final Factory one = new Factory("one");
    private final Factory other = new Factory("other");

    static final class Factory extends HibernateBundle<IdempotentConfiguration> {
        private final String name;

        Factory(String name) {
            super(Purchase.class);
            this.name = name;
        }

        @Override
        protected String name() {
            return name;
        }

        @Override
        public PooledDataSourceFactory getDataSourceFactory(IdempotentConfiguration configuration) {
            return configuration.database();
        }
    }

    /** Writes by both. */
    @Path("/both/{note}")
    @Idempotent(atomic = true, anonymous = true)
    public static final class Both {
        private final PurchaseDao one;
        private final PurchaseDao other;

        Both(PurchaseDao one, PurchaseDao other) {
            this.one = one;
            this.other = other;
        }

        @POST
        public long add(@PathParam("note") String note) {
            return one.add(note).getId() + other.add(note + "/other").getId();
        }

        @POST
        @Path("/refuses")
        @SuppressWarnings("DoNotCallSuggester") // Jersey calls it
        public Response refuses(@PathParam("note") String note) {
            throw new WebApplicationException("after " + add(note), 409);
        }
    }

    /** With a parameter that could be either. */
    static final class Ambiguous extends TwoFactories {
        @Override
        public void run(IdempotentConfiguration configuration, Environment environment) {
            environment.jersey().register(new Either());
        }
    }

    @Path("/either")
    public static final class Either {
        @POST
        @Idempotent(atomic = true, anonymous = true)
        public void add(@Context Session session) {}
    }

    @Override
    public void initialize(Bootstrap<IdempotentConfiguration> bootstrap) {
        bootstrap.addBundle(new SectionsBundle<IdempotentConfiguration>() {
            @Override
            protected List<ParticipantFactory<?>> participants(IdempotentConfiguration configuration) {
                return List.of(
                        new HibernateSessions(one::getSessionFactory), new HibernateSessions(other::getSessionFactory));
            }
        });
        bootstrap.addBundle(one);
        bootstrap.addBundle(other);
    }

    @Override
    public void run(IdempotentConfiguration configuration, Environment environment) {
        environment
                .jersey()
                .register(
                        new Both(new PurchaseDao(one.getSessionFactory()), new PurchaseDao(other.getSessionFactory())));
    }
}
