-- Who was erased is asked at each start, and is few among all who have a key.
create index person_key_erased on governance.person_key (erased) where wrapped_key is null;
