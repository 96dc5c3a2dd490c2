//! One connection to a Redis, whatever its kind.

use redis::aio::MultiplexedConnection;
use redis::cluster_async::ClusterConnection;
use redis::{AsyncConnectionConfig, Client, Pipeline, Value};
use tokio::time::timeout;

use super::address::{Clients, RedisAddress, Sentinels};
use super::failure::RedisFailure;
use super::{CONNECT_WAIT, WAIT};

/// A key for trying out whether what is needed is allowed.
const CHECK: &str = "brandgate:check";

/// Over which many ask at once.
#[derive(Clone)]
pub(super) enum Connection {
    Server(MultiplexedConnection),
    /// The library finds the nodes, follows what moves, and connects again by itself.
    Cluster(ClusterConnection),
}

impl Connection {
    /// Connects, and tries out what will be needed.
    pub(super) async fn open(address: &RedisAddress) -> Result<Self, RedisFailure> {
        let connection = match &address.clients {
            Clients::Server(client) => Self::greet(client, &address.greeting).await?,
            Clients::Cluster(client) => {
                let connecting = timeout(CONNECT_WAIT, client.get_async_connection()).await;
                let connected = connecting.map_err(|_| RedisFailure::no_connection())?;
                Self::Cluster(connected.map_err(RedisFailure::of_connecting_to_nodes)?)
            }
            Clients::Sentinels(sentinels) => return sentinels.open(&address.greeting).await,
        };
        connection.check().await.map_err(RedisFailure::of_first_words)?;
        Ok(connection)
    }

    async fn greet(client: &Client, greeting: &Pipeline) -> Result<Self, RedisFailure> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_WAIT))
            .set_response_timeout(Some(WAIT));
        let connecting = client.get_multiplexed_async_connection_with_config(&config).await;
        let connection =
            Self::Server(connecting.map_err(|error| RedisFailure::of_connecting(client, error))?);
        if !greeting.is_empty() {
            connection.ask(greeting).await.map_err(RedisFailure::of_first_words)?;
        }
        Ok(connection)
    }

    /// Whether the other end does all that is needed.
    pub(super) async fn check(&self) -> Result<(), RedisFailure> {
        let mut all = redis::pipe();
        all.cmd("SET").arg(CHECK).arg(0).arg("NX").arg("EX").arg(60);
        all.cmd("GET").arg(CHECK);
        all.cmd("INCR").arg(CHECK);
        all.cmd("TTL").arg(CHECK);
        all.cmd("EXPIRE").arg(CHECK).arg(60);
        all.cmd("DEL").arg(CHECK);
        self.ask(&all).await.map(drop)
    }

    /// Whether the server gives up entries before their end when its memory is full. Who may not
    /// ask is not told.
    pub(super) async fn evicts(&self) -> bool {
        let mut about = redis::pipe();
        about.cmd("INFO").arg("memory");
        let answers = self.ask(&about).await.unwrap_or_default();
        let about: Option<String> =
            answers.into_iter().next().and_then(|answer| redis::from_redis_value(answer).ok());
        let policy = about.as_deref().and_then(|about| {
            about.lines().find_map(|line| line.strip_prefix("maxmemory_policy:"))
        });
        policy.is_some_and(|policy| policy != "noeviction")
    }

    /// The answers to `commands`, if none of them is an error.
    pub(super) async fn ask(&self, commands: &Pipeline) -> Result<Vec<Value>, RedisFailure> {
        let mut commands = commands.clone();
        commands.ignore_errors();
        let answer = match self.clone() {
            Self::Server(mut connection) => commands.query_async(&mut connection).await,
            Self::Cluster(mut connection) => commands.query_async(&mut connection).await,
        };
        let answers: Vec<Value> = answer?;
        match RedisFailure::among(&answers) {
            Some(failure) => Err(failure),
            None => Ok(answers),
        }
    }
}

impl Sentinels {
    /// Asks one after the other for the master, and takes the first who is one.
    async fn open(&self, greeting: &Pipeline) -> Result<Connection, RedisFailure> {
        let mut failed = RedisFailure::no_master();
        for (sentinel, number) in self.each.iter().zip(1..) {
            match self.by(sentinel, greeting).await {
                Ok(connection) => return Ok(connection),
                // A master that is of no use says more than a Sentinel that is not there.
                Err(_) if failed.is_of_master() => {}
                Err(failure) => failed = failure.of_sentinel(number, self.each.len()),
            }
        }
        Err(failed)
    }

    async fn by(&self, sentinel: &Client, greeting: &Pipeline) -> Result<Connection, RedisFailure> {
        let mut asking = redis::pipe();
        asking.cmd("SENTINEL").arg("GET-MASTER-ADDR-BY-NAME").arg(&self.master);
        let answers = Connection::greet(sentinel, &self.greeting).await?.ask(&asking).await?;
        let place = answers.into_iter().next().and_then(|it| redis::from_redis_value(it).ok());
        let (host, port): (String, u16) = place.ok_or_else(RedisFailure::no_master)?;
        let server = Self::server(sentinel, &host, port)?;
        let connection = Connection::greet(&server, greeting).await;
        let connection = connection.map_err(RedisFailure::of_master)?;
        connection.check().await.map_err(RedisFailure::of_master)?;
        Ok(connection)
    }
}
