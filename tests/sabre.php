<?php
// A CalDAV server that takes any user and password; it keeps everything in the file SABRE_DATA.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
ini_set('display_errors', '0');
date_default_timezone_set('UTC');
require_once 'Sabre/autoload.php';

$file = getenv('SABRE_DATA');
$isNew = !file_exists($file);
$pdo = new \PDO('sqlite:' . $file);
$pdo->setAttribute(\PDO::ATTR_ERRMODE, \PDO::ERRMODE_EXCEPTION);
if ($isNew) {
    foreach (array('calendars', 'principals', 'users') as $name) {
        $pdo->exec(file_get_contents("/usr/share/doc/php-sabre-dav/examples/sql/sqlite.$name.sql"));
    }
}

class Anyone extends \Sabre\DAV\Auth\Backend\AbstractBasic {
    protected function validateUserPass($username, $password) {
        global $pdo;
        $uri = 'principals/' . $username;
        $found = $pdo->prepare('SELECT 1 FROM principals WHERE uri = ?');
        $found->execute(array($uri));
        if (!$found->fetch()) {
            $pdo->prepare('INSERT INTO principals (uri, email, displayname) VALUES (?, ?, ?)')
                ->execute(array($uri, $username . '@example.org', $username));
        }
        return true;
    }
}
$principals = new \Sabre\DAVACL\PrincipalBackend\PDO($pdo);
$server = new \Sabre\DAV\Server(array(
    new \Sabre\CalDAV\Principal\Collection($principals),
    new \Sabre\CalDAV\CalendarRootNode($principals, new \Sabre\CalDAV\Backend\PDO($pdo)),
));
$server->setBaseUri('/');
$server->addPlugin(new \Sabre\DAV\Auth\Plugin(new Anyone(), 'tests'));
$server->addPlugin(new \Sabre\DAVACL\Plugin());
$server->addPlugin(new \Sabre\CalDAV\Plugin());
$server->exec();
