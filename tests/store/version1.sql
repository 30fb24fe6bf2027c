BEGIN TRANSACTION;
CREATE TABLE bot_chats (
	chat TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	project INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	private INTEGER NOT NULL, 
	lane TEXT NOT NULL, 
	PRIMARY KEY (chat)
);
INSERT INTO "bot_chats" VALUES('test/1/',3,1,'en',1,'test/1/');
CREATE TABLE bot_events (
	id TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	handled INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (chat, sequence)
);
INSERT INTO "bot_events" VALUES('test:000001','test/1/',1,'{"event_id":"test:000001","chat":{"platform":"test","chat_id":"1","thread_id":""},"chat_kind":"private","message_id":"1","sender":{"id":"7","name":""},"at":"2026-11-01T12:00:01Z","language":"en","text":"make a film","command":"","media":[{"platform":"test","locator":"a.jpg","name":"a.jpg","kind":"photo","mime":"","size":null}],"group_id":"","addressed":true}',1);
INSERT INTO "bot_events" VALUES('test:000002','test/1/',2,'{"event_id":"test:000002","chat":{"platform":"test","chat_id":"1","thread_id":""},"chat_kind":"private","message_id":"2","sender":{"id":"7","name":""},"at":"2026-11-01T12:00:02Z","language":"en","text":"shorter","command":"","media":[],"group_id":"","addressed":true}',1);
INSERT INTO "bot_events" VALUES('test:000003','test/1/',3,'{"event_id":"test:000003","chat":{"platform":"test","chat_id":"1","thread_id":""},"chat_kind":"private","message_id":"3","sender":{"id":"7","name":""},"at":"2026-11-01T12:00:03Z","language":"en","text":"status","command":"","media":[],"group_id":"","addressed":true}',0);
CREATE TABLE bot_items (
	id INTEGER NOT NULL, 
	chat TEXT NOT NULL, 
	project INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	caption TEXT NOT NULL, 
	arrived TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (event, position)
);
INSERT INTO "bot_items" VALUES(1,'test/1/',1,'test:000001',0,'{"platform":"test","locator":"a.jpg","name":"a.jpg","kind":"photo","mime":"","size":null}','make a film','2026-11-01T12:00:01+00:00','uploaded','');
CREATE TABLE bot_marks (
	turn TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (turn, name), 
	FOREIGN KEY(turn) REFERENCES bot_turns (id) ON DELETE CASCADE
);
INSERT INTO "bot_marks" VALUES('test:000001','film','1');
INSERT INTO "bot_marks" VALUES('test:000001','delivered','1');
CREATE TABLE bot_meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "bot_meta" VALUES('schema','1');
CREATE TABLE bot_notes (
	platform TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (platform, "key")
);
INSERT INTO "bot_notes" VALUES('test','k','v');
CREATE TABLE bot_projects (
	chat TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	session TEXT, 
	delivered INTEGER NOT NULL, 
	PRIMARY KEY (chat, number)
);
INSERT INTO "bot_projects" VALUES('test/1/',1,'{"session_id":"s1","task_id":"t1","user_id":"u1","language":"en","skill":"photos"}',1);
CREATE TABLE bot_turns (
	id TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	project INTEGER NOT NULL, 
	route TEXT NOT NULL, 
	language TEXT NOT NULL, 
	aside INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "bot_turns" VALUES('test:000001','test/1/',1,1,'{"intents":["edit"],"text":"x","highlight":false,"rule":""}','en',0,'done',1);
INSERT INTO "bot_turns" VALUES('test:000002','test/1/',2,1,'{"intents":["edit"],"text":"x","highlight":false,"rule":""}','en',0,'waiting',0);
COMMIT;
