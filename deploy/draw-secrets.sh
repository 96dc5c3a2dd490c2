#!/bin/sh
# Draws each secret of the examples that is not there yet into the folder $1, and gives it to whom reads it there.
# $REDIS is where the Redis is: redis:6379, which is compose's.
set -eu
cd "$1"
umask 077

drawn() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# Whole or not at all: who is interrupted starts anew.
put() {
    cat >".$1.new"
    mv ".$1.new" "$1"
}

for name in state_key shoes_site; do
    [ -s "$name" ] || drawn | put "$name"
done
if ! [ -s zendesk ]; then
    drawn | put zendesk
    echo "secrets/zendesk is drawn: Zendesk refuses what it signs until you write its shared secret there"
fi
if ! [ -s redis_url ] || ! [ -s redis_acl ]; then
    password=$(drawn)
    put redis_acl <<ACL
user default off
user sso on >$password ~brandgate:* +set +get +incr +ttl +expire +del +info
ACL
    echo "redis://sso:$password@${REDIS:-redis:6379}/0" | put redis_url
fi

# Of a container's user, who alone may read it.
if [ "$(id -u)" = 0 ]; then
    chown 65534:65534 state_key shoes_site zendesk redis_url
    chown 999:999 redis_acl
    chmod 755 .
fi
chmod 400 state_key shoes_site zendesk redis_url redis_acl
