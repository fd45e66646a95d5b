package dev.idem.admin.command.upkeep;

import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.upkeep.AdoptStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes Redis this installation's. */
@Command(
        name = "adopt",
        header = "Make Redis this database's, after the database was replaced or copied.",
        description = {
            "%nA Redis and key prefix belong to one installation, which is known by its database. Nodes with another database do"
                    + " not start, or do without Redis. Use this if this database has replaced the one that Redis belongs to: it"
                    + " was restored on another server, or upgraded to a new one. Two installations that both go on need a"
                    + " Redis or a key prefix (redis.keyPrefix) each instead.",
            "%nWhat it costs: nodes of the other database do without Redis within a second, and are not ready. The next failback"
                    + " copies the answers that Redis has into this database, the other installation's too. What only the other"
                    + " database knew is lost: those keys execute again. Until that failback PostgreSQL decides, which is slower."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin adopt", "  idem-admin adopt --yes --reason 'restored on db-2'"})
public final class AdoptCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Confirmation confirmation;

    public AdoptCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            AdoptStore adoption = stores.adoption();
            AdoptStore.Result found = stores.withDatabase(unused -> adoption.look());
            if (found.ours()) {
                session.show("Redis belongs to this database, " + found.database() + ", already.", found);
                return ExitCode.DONE;
            }
            session.say(costs(found));
            if (!confirmation.given("Make Redis this database's?")) {
                session.show("Nothing was changed.", found);
                return ExitCode.FAILED;
            }
            AdoptStore.Result done = stores.withDatabase(unused -> adoption.adopt(session.actionLog(stores)));
            session.show(
                    "Redis belongs to " + done.database() + " now. Running nodes use it after their next failback.",
                    done);
            return ExitCode.DONE;
        }
    }

    private static String costs(AdoptStore.Result found) {
        if (found.owner() == null) {
            return "Redis belongs to nobody. This database is " + found.database() + ".";
        }
        String alive = found.nodes() == 0
                ? "None of its nodes is alive."
                : found.nodes() + " of its nodes are alive, and will do without Redis.";
        return String.format(
                "Redis belongs to another installation, with the database %s. %s%nThis database is %s. It gets the answers that"
                        + " Redis has. What only the other database knows is lost to this one: those keys execute again.",
                found.owner(), alive, found.database());
    }
}
