package dev.idem.hibernate.example;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.ParticipantFactory;
import dev.idem.dropwizard.sections.IdempotentConfiguration;
import dev.idem.dropwizard.sections.SectionsBundle;
import dev.idem.hibernate.HibernateSessions;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.PooledDataSourceFactory;
import io.dropwizard.hibernate.AbstractDAO;
import io.dropwizard.hibernate.HibernateBundle;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.hibernate.SessionFactory;

/** Takes purchases: each is written once, and never without its answer. */
public class ShopApplication extends Application<IdempotentConfiguration> {
    private final HibernateBundle<IdempotentConfiguration> hibernate = new HibernateBundle<>(Purchase.class) {
        @Override
        public PooledDataSourceFactory getDataSourceFactory(IdempotentConfiguration configuration) {
            return configuration.database();
        }
    };

    public static final class PurchaseDao extends AbstractDAO<Purchase> {
        public PurchaseDao(SessionFactory factory) {
            super(factory);
        }

        public Purchase add(String note) {
            return persist(new Purchase(note, List.of("book", "pen")));
        }
    }

    @Path("/purchases/{note}")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Purchases {
        private final PurchaseDao purchases;

        public Purchases(PurchaseDao purchases) {
            this.purchases = purchases;
        }

        @POST
        @Idempotent(atomic = true, anonymous = true)
        public Purchase add(@PathParam("note") String note) {
            return purchases.add(note);
        }
    }

    @Override
    public void initialize(Bootstrap<IdempotentConfiguration> bootstrap) {
        bootstrap.addBundle(new SectionsBundle<IdempotentConfiguration>() {
            @Override
            protected List<ParticipantFactory<?>> participants(IdempotentConfiguration configuration) {
                return List.of(new HibernateSessions(hibernate::getSessionFactory));
            }
        });
        bootstrap.addBundle(hibernate);
    }

    protected SessionFactory sessions() {
        return hibernate.getSessionFactory();
    }

    @Override
    public void run(IdempotentConfiguration configuration, Environment environment) {
        environment.jersey().register(new Purchases(new PurchaseDao(sessions())));
    }
}
